/** When two spellings name one organisation: case, width, marks and spaces do not make it another. Never a display name. */

/** The folded name, to compare by. Look-alike letters of other scripts stay apart: whoever makes tokens must see to that. */
export const foldOrganisation = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
