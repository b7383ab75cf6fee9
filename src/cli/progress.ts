/** Progress on stderr for whatever takes over a second; silent when stderr is no terminal. */

const FIRST_AFTER_MS = 1_000;
const EVERY_MS = 100;

export type ShowProgress = (stage: string, done: number, total: number | null) => void;

/** A progress line that rewrites itself; call `end` to leave the terminal clean. */
export function progressLine(words: Readonly<Record<string, string>> = {}): { show: ShowProgress; end(): void } {
  if (!process.stderr.isTTY) return { show: () => {}, end: () => {} };
  const began = Date.now();
  let last = 0;
  let shown = false;
  return {
    show(stage, done, total) {
      const now = Date.now();
      if (now - began < FIRST_AFTER_MS || now - last < EVERY_MS) return;
      last = now;
      shown = true;
      process.stderr.write(
        `\r\u001b[K${words[stage] ?? stage} ${done.toLocaleString('en')}${total === null ? '' : ` of ${total.toLocaleString('en')}`}`,
      );
    },
    end() {
      if (shown) process.stderr.write('\r\u001b[K');
    },
  };
}
