/** The tamper campaign in small: every tamper found and named, no clean log alarmed, every broken verifier caught. */
import { describe, expect, it } from 'vitest';
import { brokenVerifiers, cleanAudits, originals, runCampaign } from '../../../test/record/campaign.ts';
import { audit } from './index.ts';

const SEEDED = 250;
const CLEAN = 24;
const FIRST_SEED = 20_160_522;

const bases = originals([1, 2, 3, 255, 256, 257, 300, 513]);

describe('the tamper campaign', () => {
  it('finds every tamper and names the first bad entry', async () => {
    const result = await runCampaign(audit, bases, SEEDED, FIRST_SEED);
    expect(result.misses).toEqual([]);
    expect([result.found, result.named]).toEqual([SEEDED, result.nameable]);
    expect(result.nameable).toBeGreaterThan(SEEDED / 3);
  });

  it('raises no alarm over clean logs', async () => {
    expect(await cleanAudits(audit, bases, CLEAN)).toEqual([]);
  });

  // One log of one size: a broken verifier then knows which files were there before.
  const [base] = originals([300]);
  if (!base) throw new Error('no log');
  it.each(Object.entries(brokenVerifiers(() => base)))('catches a verifier that %s', async (_, verify) => {
    const result = await runCampaign(verify, [base], SEEDED, FIRST_SEED, true);
    expect(result.misses.length).toBeGreaterThan(0);
  });
});
