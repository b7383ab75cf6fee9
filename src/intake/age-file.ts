/**
 * What an age file says of itself without any key: to how many it is sealed, and how much is in it. The server looks at
 * this and at nothing else, so that a browser that failed to seal is refused before anything is stored.
 */

const VERSION_LINE = 'age-encryption.org/v1';
const STANZA = /^-> X25519 [A-Za-z0-9+/]{43}$/;
const BODY_LINE = /^[A-Za-z0-9+/]{43}$/;
const MAC_LINE = /^--- [A-Za-z0-9+/]{43}$/;
const NONCE = 16;
const CHUNK = 65_536;
const TAG = 16;

/** Number of X25519 recipients and bytes of content; undefined when it is no such file or has a stanza of another kind. */
export function ageFileFacts(bytes: Uint8Array): { readonly recipients: number; readonly size: number } | undefined {
  // The header of at most some recipients, as text; Latin-1 so that no byte is lost.
  const head = Buffer.from(bytes.subarray(0, 16_384)).toString('latin1');
  let at = 0;
  const line = (): string => {
    const end = head.indexOf('\n', at);
    const text = end < 0 ? '' : head.slice(at, end);
    at = end < 0 ? head.length : end + 1;
    return text;
  };
  if (line() !== VERSION_LINE) return undefined;
  for (let recipients = 0; ; recipients++) {
    const text = line();
    if (MAC_LINE.test(text)) {
      const sealed = bytes.length - at - NONCE;
      const size = sealed - Math.max(1, Math.ceil(sealed / (CHUNK + TAG))) * TAG;
      return recipients > 0 && size >= 0 ? { recipients, size } : undefined;
    }
    if (!STANZA.test(text) || !BODY_LINE.test(line())) return undefined;
  }
}
