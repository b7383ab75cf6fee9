/**
 * `npm run bench -- reading [row…]`: every measured row of the reader, or the named ones. A row is a file of its own in
 * reading/; each prints what it measured and the baseline of the same run.
 */
type Row = () => Promise<{ run(args: readonly string[]): Promise<void> }>;

const ROWS: Readonly<Record<string, Row>> = {
  dates: () => import('./reading/dates.ts'),
  counts: () => import('./reading/counts.ts'),
  seed: () => import('./reading/seed.ts'),
  speech: () => import('./reading/speech.ts'),
  articles: () => import('./reading/articles.ts'),
  wojood: () => import('./reading/wojood.ts'),
  sample: () => import('./reading/sample.ts'),
  hostile: () => import('./reading/hostile.ts'),
  speed: () => import('./reading/speed.ts'),
};

export async function run(args: readonly string[]): Promise<void> {
  const asked = args.filter((arg) => Object.hasOwn(ROWS, arg));
  const rest = args.filter((arg) => !Object.hasOwn(ROWS, arg));
  for (const name of asked.length > 0 ? asked : Object.keys(ROWS)) {
    console.log(`\n# ${name}`);
    await (await ROWS[name]?.())?.run(rest);
  }
}
