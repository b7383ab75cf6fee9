/** `npm run bench -- reading-events [dev|held]`: the hand-written event texts, fixture by fixture. */
import { loadShippedGazetteer } from '../../src/places/index.ts';
import { eventFixtures, faultsOf } from '../../src/reading/events/judge-fixture.ts';
import { createReader } from '../../src/reading/index.ts';
import { loadInstrument } from '../../src/terms/index.ts';

export async function run(args: readonly string[]): Promise<void> {
  const half = args.includes('held') ? 'held' : 'dev';
  const gazetteer = loadShippedGazetteer();
  const reader = createReader({ gazetteer, instrument: loadInstrument() });
  const fixtures = eventFixtures(half);
  let right = 0;
  for (const fixture of fixtures) {
    const text = fixture.title ? `${fixture.title}\n\n${fixture.text}` : fixture.text;
    const faults = faultsOf(
      fixture,
      reader.read(text, { published: fixture.published, lang: fixture.lang }),
      gazetteer,
    );
    if (faults.length === 0) right++;
    else if (half === 'dev' || args.includes('--show')) console.log(`${fixture.id}: ${faults.join('; ')}`);
  }
  console.log(`${half}: ${right} of ${fixtures.length} texts read without a fault`);
}
