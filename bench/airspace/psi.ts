/** Private set mode: the work of one party for 10,000 × 10,000 cells, on one core. */
import { blind, common, newKey, psiReady, raise, SET_SIZE } from '../../src/airspace/private/psi.ts';
import { row } from './world.ts';

export async function privateSet(): Promise<void> {
  await psiReady();
  const names = (from: number): string[] => Array.from({ length: SET_SIZE }, (_, i) => `${from + i}/3/5`);
  const [ka, kb] = [newKey(), newKey()];
  const cpu = process.cpuUsage();
  const from = performance.now();
  const a = blind(1, names(0), ka);
  const b = { ...blind(1, names(SET_SIZE - 100), kb) };
  const aRaised = raise(a.points, kb);
  const bRaised = raise(b.points, ka);
  const shared = common(a, aRaised, bRaised).length;
  const used = process.cpuUsage(cpu);
  const seconds = (used.user + used.system) / 2e6;
  row(
    `private set, ${SET_SIZE} × ${SET_SIZE} cells`,
    `${seconds.toFixed(1)} s CPU a party (${((performance.now() - from) / 2000).toFixed(1)} s by the clock), ${shared} shared`,
    '≤ 5 s',
  );
}
