/** HTML from a template: every value is escaped unless it is HTML made by the same template. */

export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | number | Html | null | undefined | false | readonly Value[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const render = (value: Value): string => {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(render).join('');
  return String(value).replace(/[&<>"']/g, (mark) => ESCAPES[mark] ?? mark);
};

export const html = (strings: TemplateStringsArray, ...values: readonly Value[]): Html =>
  new Html(strings.map((part, i) => part + (i < values.length ? render(values[i]) : '')).join(''));

/** A run of another language or direction, isolated. */
export const bdi = (run: string | number): Html => html`<bdi>${run}</bdi>`;
