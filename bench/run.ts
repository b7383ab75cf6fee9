/** `npm run bench -- NAME [args]`: runs one benchmark; without a name lists them. Each prints what it measured, and against what. */
const BENCHES: Readonly<Record<string, () => Promise<{ run(args: readonly string[]): Promise<void> }>>> = {
  reading: () => import('./reading.ts'),
  airspace: () => import('./airspace.ts'),
  linking: () => import('./linking.ts'),
  places: () => import('./places.ts'),
  record: () => import('./record.ts'),
  'reading-speech': () => import('./reading/speech.ts'),
  'reading-sample': () => import('./reading/sample.ts'),
  'reading-events': () => import('./reading/events.ts'),
  'reading-reports': () => import('./reading/reports.ts'),
  'reading-fa-kes': () => import('./reading/fa-kes.ts'),
};

export {};

const [name = '', ...args] = process.argv.slice(2);
const load = BENCHES[name];
if (load) await (await load()).run(args);
else {
  console.error(`benchmarks: ${Object.keys(BENCHES).join(', ')}`);
  process.exitCode = 64;
}
