/** Row `hostile`: strings made to make a reader crawl; the slowest may take 50 ms. */
import { loadShippedGazetteer } from '../../src/places/index.ts';
import { hostileStrings } from '../../src/reading/hostile.ts';
import { createReader } from '../../src/reading/index.ts';
import { loadInstrument } from '../../src/terms/index.ts';

const LIMIT_MS = 50;

export async function run(): Promise<void> {
  const reader = createReader({ gazetteer: loadShippedGazetteer(), instrument: loadInstrument() });
  reader.read('قصف الطيران مدينة حلب أمس وقتل ثلاثة مدنيين. Strikes hit Aleppo. Удары по Алеппо.');
  const times = hostileStrings().map(({ name, text }) => {
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 3; round++) {
      const start = performance.now();
      reader.read(text, { published: '2016-05-22' });
      best = Math.min(best, performance.now() - start);
    }
    return { name, ms: best, length: text.length };
  });
  times.sort((a, b) => b.ms - a.ms);
  const over = times.filter(({ ms }) => ms > LIMIT_MS);
  console.log(`hostile: ${times.length} strings, ${over.length} over ${LIMIT_MS} ms`);
  for (const { name, ms, length } of times.slice(0, 5)) console.log(`   ${ms.toFixed(1)} ms ${name} (${length} units)`);
}
