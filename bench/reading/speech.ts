/**
 * `npm run bench -- reading-speech [dev|held|seed|all] [--notes]`: actors, statements, proposals with standing,
 * agreements and the rule on private names, on the room's test articles and on the seed article where it is present.
 */
import { existsSync } from 'node:fs';
import { loadShippedGazetteer } from '../../src/places/index.ts';
import { createReader } from '../../src/reading/index.ts';
import { loadInstrument } from '../../src/terms/index.ts';
import { fixtureTexts, type GoldText, seedText } from './speech-gold.ts';
import { emptyScore, f1, rate, type SpeechScore, scoreText } from './speech-score.ts';

const SEED = new URL('../../../shared/seed/', import.meta.url);

/** Scores the texts of one half. */
export function scoreHalf(texts: readonly GoldText[]): SpeechScore {
  const reader = createReader({ gazetteer: loadShippedGazetteer(), instrument: loadInstrument() });
  const score = emptyScore();
  for (const text of texts) scoreText(score, text.id, reader.read(text.text, { published: text.published }), text.gold);
  return score;
}

export function textsOf(half: string): GoldText[] {
  const texts = existsSync(SEED) ? [seedText(SEED), ...fixtureTexts()] : fixtureTexts();
  return texts.filter((text) => half === 'all' || text.half === half);
}

export async function run(args: readonly string[]): Promise<void> {
  const halves = args.filter((arg) => !arg.startsWith('--'));
  for (const half of halves.length > 0 ? halves : ['seed', 'dev']) {
    const score = scoreHalf(textsOf(half));
    const figure = (value: number): string => value.toFixed(3);
    const { statements, proposals, standing, agreements } = score;
    console.log(
      [
        `${half}: actors F1 ${figure(f1(score.actors))} (codes ${figure(rate(score.actorCodes))})`,
        `statements F1 ${figure(f1(statements))} (missed ${statements.missed}, extra ${statements.extra})`,
        `speaker ${figure(rate(score.speaker))} mode ${figure(rate(score.mode))} act ${figure(rate(score.act))} polarity ${figure(rate(score.polarity))} content ${figure(rate(score.content))}`,
        `proposals ${proposals.hit}/${proposals.hit + proposals.missed} (extra ${proposals.extra})`,
        `standing ${standing.hit}/${standing.hit + standing.missed} (extra ${standing.extra})`,
        `agreements ${agreements.hit}/${agreements.hit + agreements.missed} (extra ${agreements.extra})`,
        `private names kept out ${score.privateNames.hit}/${score.privateNames.hit + score.privateNames.missed}`,
      ].join('\n  '),
    );
    if (args.includes('--notes')) for (const line of score.notes) console.log(`    ${line}`);
  }
}
