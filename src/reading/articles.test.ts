/** The marked articles stay read well enough, and what went wrong once in texts of others stays right. */
import { describe, expect, test } from 'vitest';
import { articles } from '../../bench/reading/article-gold.ts';
import { scoreArticles } from '../../bench/reading/articles.ts';
import { f1, rate } from '../../bench/reading/speech-score.ts';
import { loadShippedGazetteer } from '../places/index.ts';
import { loadInstrument } from '../terms/index.ts';
import { createReader } from './index.ts';

const reader = createReader({ gazetteer: loadShippedGazetteer(), instrument: loadInstrument() });
const read = (text: string) => reader.read(text, { published: '2016-05-22' });
const spans = (items: readonly { readonly span: { readonly text: string } }[]): string[] =>
  items.map(({ span }) => span.text);

describe('articles on other ceasefires', () => {
  test('are read well enough', () => {
    const score = scoreArticles(articles());
    expect(f1(score.places)).toBeGreaterThan(0.95);
    expect(f1(score.speech.actors)).toBeGreaterThan(0.95);
    expect(f1(score.speech.statements)).toBeGreaterThan(0.95);
    expect(rate(score.speech.speaker)).toBeGreaterThan(0.95);
    expect(rate(score.dates)).toBeGreaterThan(0.94);
    expect(score.evidence.missed).toBe(0);
  });
});

describe('actors', () => {
  test.each([
    ['Hama was quiet.', []],
    ['وقالت حركة حماس إن الهدنة صامدة.', ['حركة حماس']],
    ['دعا المجلس الانتقالي الجنوبي إلى الهدوء.', ['المجلس الانتقالي الجنوبي']],
    ['اتهمت وزارة الخارجية اليمنية الحوثيين بخرق الهدنة.', ['وزارة الخارجية اليمنية', 'الحوثيين']],
    ['قال رئيس حكومة تصريف الأعمال إن الهدنة صامدة.', ['حكومة تصريف الأعمال']],
    ['The Norwegian Refugee Council said aid was blocked.', ['Norwegian Refugee Council']],
    ['See https://example.org/NATO_US for more.', []],
  ])('%s', (text, expected) => {
    expect(spans(read(text).actors)).toEqual(expected);
  });

  test('an unknown name in capitals is never taken into the words of a role', () => {
    for (const text of [
      'Samir Canaryov officials said the raid killed two people.',
      'A nurse at a clinic, Basma Canaryov, said two people died.',
      'Douma facility Samir Baker said two people died.',
    ]) {
      const { statements, actors } = read(text);
      const said = statements.flatMap(({ speaker }) => [speaker.name, speaker.office, speaker.span?.text]).join(' ');
      expect(`${said} ${spans(actors).join(' ')}`).not.toMatch(/Canaryov|Samir|Basma/);
    }
  });
});

describe('places', () => {
  test.each([
    ['قصف على الحدود اللبنانية الإسرائيلية', ['الحدود اللبنانية الإسرائيلية']],
    ['وقف إطلاق نار قصير الأمد', []],
    ['داخل الأراضي الليبية', ['الأراضي الليبية']],
    ['وصلت سفينة إلى ميناء الحديدة', ['ميناء الحديدة']],
    ['A Syrian strike hit a Saudi-led convoy.', []],
    ['турецко-сирийскую границу закрыли', ['турецко-сирийскую границу']],
  ])('%s', (text, expected) => {
    expect(spans(read(text).places)).toEqual(expected);
  });

  test('أنقرة (رويترز) - is where it was written', () => {
    expect(read('أنقرة (رويترز) - قال مسؤول إن الهدنة صامدة.\nنص.\nنص.').places[0]?.use).toBe('dateline');
  });
});

describe('proposals', () => {
  test('a demand without an addressee is all of it the action', () => {
    const { proposals } = read('وطالبت باريس بوقف فوري للقصف على ريف حلب الشمالي.');
    expect(proposals.map(({ to, action }) => [to, action])).toEqual([[[], 'بوقف فوري للقصف على ريف حلب الشمالي']]);
  });
});

describe('statements', () => {
  const speakers = (text: string): (string | null)[] =>
    read(text).statements.map(({ speaker }) => speaker.name ?? speaker.office);

  test.each([
    [
      'أما الائتلاف الوطني السوري فحمل النظام مسؤولية القصف، وطالب مجلس الأمن بتحقيق عاجل.',
      ['الائتلاف الوطني السوري', 'الائتلاف الوطني السوري'],
    ],
    ['طالب رئيس حكومة تصريف الأعمال نجيب ميقاتي، أمس الثلاثاء، واشنطن بالضغط على إسرائيل.', ['نجيب ميقاتي']],
    ['«Баку, — отметил Алиев, — готов к переговорам».', ['Алиев']],
    ['Текст изучают, сообщил журналистам источник в министерстве.', ['источник в министерстве']],
    [
      'France, which co-chairs the Minsk Group with Russia and the United States, said the truce must hold.',
      ['France'],
    ],
    ['The Houthis, who hold the heights above the city, insist that the roads are open.', ['Houthis']],
    ['Two people died, the military said on Monday.', ['military']],
    ['The UN mission in Mali said one of its convoys was hit.', ['UN mission']],
    ["Berlin would send “no weapons”, Chancellor Angela Merkel's spokesman Steffen Seibert said.", ['Steffen Seibert']],
    ['أما الوزير الفرنسي فطالب موسكو بالضغط على دمشق.', ['الوزير الفرنسي']],
    ['ووصف رئيسها مصطفى صنع الله إغلاق الموانئ بأنه «عمل إجرامي».', ['مصطفى صنع الله']],
    ['ورفض المتحدث باسم قوات حفتر، اللواء أحمد المسماري، هذه الاتهامات.', ['أحمد المسماري']],
    ['Евросоюз, как отметил его верховный представитель Жозеп Боррель, такую миссию не обсуждал.', ['Жозеп Боррель']],
    ['Глава миссии ОБСЕ Эртугрул Апакан призвал стороны отвести вооружения.', ['Эртугрул Апакан']],
    ['Оппозиция в Ереване требует отставки премьера.', ['Оппозиция']],
    ['Об этом сообщает РИА Новости со ссылкой на источник в министерстве обороны.', []],
  ])('%s', (text, expected) => {
    expect(speakers(text)).toEqual(expected);
  });

  test('"the envoy" is nobody whose other office is known, and what he said is no name', () => {
    const text =
      'قال وزير الخارجية الإيراني محمد جواد ظريف إن الهدنة صامدة.\nونقل عن المبعوث الأممي قوله إن المحادثات ستستأنف.';
    expect(speakers(text)[1]).toBe('المبعوث الأممي');
    expect(spans(read(text).actors)).not.toContain('قوله');
  });

  test('ردا على is no verb, nor what a thing shows', () => {
    expect(read('وردا على التقارير عقدت الوزارة مؤتمرا صحفيا، مما يؤكد أن الهدنة صامدة.').statements).toEqual([]);
  });
});
