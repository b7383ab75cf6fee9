/**
 * `npm run bench -- airspace [quick]`: the flight channel's figures against their baselines in one run on one machine.
 * Ratios compare methods in this run; absolute times are of a machine that may be busy.
 */
import { adversary } from './airspace/adversary.ts';
import { declare } from './airspace/declare.ts';
import { exactness } from './airspace/exactness.ts';
import { growth, lookup, selfCheck } from './airspace/lookup.ts';
import { overHttp } from './airspace/over-http.ts';
import { privateSet } from './airspace/psi.ts';
import { timing } from './airspace/timing.ts';
import { row } from './airspace/world.ts';

export async function run(args: readonly string[]): Promise<void> {
  const quick = args.includes('quick');
  row('figure', 'measured', 'target');
  await lookup(quick ? 20_000 : 100_000);
  growth();
  selfCheck(quick ? 20_000 : 100_000);
  await privateSet();
  await adversary();
  await declare();
  await overHttp();
  await timing(quick ? 100 : 1_000);
  exactness(quick ? 300 : 1_450);
}
