/** Statements, proposals, agreements and names: the traps one by one, the test articles together, hostile input. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixtureTexts } from '../../../bench/reading/speech-gold.ts';
import { emptyScore, f1, rate, scoreText } from '../../../bench/reading/speech-score.ts';
import { loadShippedGazetteer } from '../../places/index.ts';
import { loadInstrument } from '../../terms/index.ts';
import { createReader, type Reading, type Span } from '../index.ts';

const reader = createReader({ gazetteer: loadShippedGazetteer(), instrument: loadInstrument() });
const read = (text: string): Reading => reader.read(text, { published: '2016-05-22' });
const said = (text: string): string[] =>
  read(text).statements.map(
    (s) => `${s.speaker.name ?? s.speaker.office ?? '?'} | ${s.cue.text} | ${s.content.map((c) => c.text).join(' + ')}`,
  );

describe('statements', () => {
  it('goes on with the speaker where the subject is dropped, by gender', () => {
    expect(said('قالت المتحدثة باسم الخارجية الروسية ماريا زاخاروفا إن الهدنة صامدة. وأضافت أن القصف توقف.')).toEqual([
      'ماريا زاخاروفا | قالت | الهدنة صامدة',
      'ماريا زاخاروفا | وأضافت | القصف توقف',
    ]);
    expect(said('John Kerry said the truce held. He warned that it was fragile.')[1]).toContain('John Kerry | warned');
    expect(said('Мария Захарова заявила, что режим действует. Она добавила, что огня нет.')[1]).toContain(
      'Мария Захарова | добавила',
    );
  });

  it('resolves a definite office to its holder', () => {
    const text = 'ذكر المتحدث باسم البنتاغون بيتر كوك أن الطائرات عادت. وتابع المتحدث أن القصف توقف.';
    expect(said(text)[1]).toContain('بيتر كوك | وتابع');
  });

  it('pairs marks typed the wrong way, and leaves names in quotes alone', () => {
    const wrong = read('أكد جون كيربي أنهم على تواصل ” مع الروس لإيجاد مقترحات جديدة ”، دون تفاصيل.').statements[0];
    expect(wrong?.mode).toBe('mixed');
    expect(wrong?.content.at(-1)?.text).toBe('مع الروس لإيجاد مقترحات جديدة');
    const name = read('قال الوزير إن تنظيم «جبهة النصرة» قصف القرية.').statements[0];
    expect(name?.mode).toBe('indirect');
  });

  it('takes guillemets over paragraphs as one quotation', () => {
    const text = 'Лавров заявил: «Мы ждём ответа.\nОн нужен сегодня, и мы его получим».';
    expect(read(text).statements[0]?.content.map((c) => c.text)).toEqual([
      'Мы ждём ответа.\nОн нужен сегодня, и мы его получим',
    ]);
  });

  it('reads attribution in front, behind and between', () => {
    expect(said('According to the Syrian Observatory, three people died.')[0]).toContain('three people died');
    expect(said('Three people died near Homs, the Observatory said on Monday.')[0]).toContain(
      'Three people died near Homs',
    );
    expect(said('مرت ليلة هادئة، يقول المرصد السوري، على أغلب المناطق.')[0]).toContain(
      'المرصد السوري | يقول | مرت ليلة هادئة',
    );
    expect(said('«Огня нет, — отметил Лавров. — Но времени мало».')[0]).toContain('Огня нет + Но времени мало');
  });

  it('keeps what is only asked, denied or expected apart', () => {
    expect(read('لم يؤكد الدفاع المدني وقوع ضحايا.').statements[0]?.polarity).toBe('negated');
    expect(said('It is expected to be rejected by Ankara.')).toEqual([]);
    expect(said('The report was expected on Monday.')).toEqual([]);
  });
});

describe('proposals', () => {
  const standing = (text: string): string[] => read(text).proposals.flatMap((p) => p.standing.map((s) => s.value));

  it('keeps a headline that rejects beside a quotation that received nothing', () => {
    const text =
      'US rejects Russian proposal for joint air strikes\n\nPentagon spokesman Jeff Davis said the department had "not received anything official" from Moscow.';
    expect(read(text).proposals).toHaveLength(1);
    expect(new Set(standing(text))).toEqual(new Set(['rejected', 'not_formal']));
  });

  it('counts calls, demands, pledges and reserved rights', () => {
    expect(standing('ودعت الأمم المتحدة إلى رفع الحصار عن البلدة.')).toEqual(['called_for']);
    expect(standing('Россия обязалась прекратить удары по городу.')).toEqual(['pledged']);
    expect(standing('Lavrov stressed that Russia reserved the right to act alone.')).toEqual(['right_reserved']);
  });

  it('does not take one side’s offer for the other’s', () => {
    const text =
      'Moscow proposed to Washington that they set up a joint centre in Geneva. Ankara proposed to Moscow that they open the border crossing.';
    expect(read(text).proposals.map((p) => p.by)).toEqual(['Moscow', 'Ankara']);
  });
});

describe('agreements', () => {
  const status = (text: string): string[] => read(text).agreements.map((a) => `${a.span.text}: ${a.status}`);

  it('lists each mention with the status stated there', () => {
    expect(status('الهدنة لا تزال قائمة في حلب.')).toEqual(['الهدنة: in_force']);
    expect(status('The truce collapsed on Friday.')).toEqual(['truce: ended']);
    expect(status('لم يتم التوصل إلى اتفاق بين موسكو وواشنطن.')[0]).toMatch(/: denied$/);
    expect(status('Режим тишины в Алеппо может быть объявлен завтра.')).toEqual(['Режим тишины в Алеппо: proposed']);
  });
});

describe('names of private persons', () => {
  const names = (reading: Reading): string[] =>
    [
      ...reading.actors.flatMap((a) => [a.span.text, a.name.ar, a.name.en]),
      ...reading.statements.flatMap((s) => [s.speaker.name, s.speaker.office, s.speaker.span?.text]),
      ...reading.proposals.flatMap((p) => [p.by, ...p.to, ...p.standing.map((s) => s.by)]),
    ].filter((name) => typeof name === 'string');

  const TEMPLATES = [
    (n: string) => `قال المزارع سليم ${n} إن القصف توقف.`,
    (n: string) => `وقالت أم لطفلين تدعى هند ${n} "لم ننم منذ ليلتين أبدا".`,
    (n: string) => `وروى محمد ${n} كيف "اهتزت الأرض ثلاث مرات".`,
    (n: string) => `Farmer Samir ${n} said two jets came.`,
    (n: string) => `"They came back," said Leila ${n}, a local nurse.`,
    (n: string) => `Omar ${n} told reporters that his house was hit.`,
    (n: string) => `Житель посёлка Сергей ${n} рассказал, что снаряды ложились у школы.`,
    (n: string) => `«Мы боимся выходить», — говорит Анна ${n}, учительница.`,
  ];

  it.each(TEMPLATES.map((template, i) => [i, template] as const))('are not extracted (%i)', (_i, template) => {
    for (const name of ['Canaryan', 'الكناري', 'Канарейкина']) {
      expect(names(read(template(name))).filter((text) => text.includes(name))).toEqual([]);
    }
  });

  it('stay beside a public office or a spokesman’s role', () => {
    expect(said('وقال المتحدث باسم الدفاع المدني سليم الكناري إن الفرق وصلت.')[0]).toContain('سليم الكناري');
    expect(said('Foreign Minister Pavel Canaryan said talks go on.')[0]).toContain('Pavel Canaryan');
    expect(said('Министр обороны Пётр Канарейкин заявил, что огня нет.')[0]).toContain('Пётр Канарейкин');
  });
});

describe('the test articles', () => {
  it('are read well enough on the half that is worked on', () => {
    const score = emptyScore();
    for (const text of fixtureTexts().filter((t) => t.half === 'dev')) {
      scoreText(score, text.id, reader.read(text.text, { published: text.published }), text.gold);
    }
    expect(f1(score.actors)).toBeGreaterThan(0.9);
    expect(f1(score.statements)).toBeGreaterThan(0.9);
    expect(rate(score.speaker)).toBeGreaterThan(0.93);
    expect(rate(score.proposals)).toBeGreaterThan(0.9);
    expect(rate(score.standing)).toBeGreaterThan(0.9);
    expect(rate(score.agreements)).toBeGreaterThan(0.9);
    expect(score.privateNames.missed).toBe(0);
  });
});

describe('any text', () => {
  const spansOf = (reading: Reading): Span[] => [
    ...reading.actors.map((a) => a.span),
    ...reading.statements.flatMap((s) => [s.cue, ...s.content, ...(s.speaker.span ? [s.speaker.span] : [])]),
    ...reading.proposals.flatMap((p) => [...p.spans, ...p.standing.map((s) => s.span)]),
    ...reading.agreements.flatMap((a) => [a.span, ...(a.statusSpan ? [a.statusSpan] : [])]),
  ];
  const pieces = fixtureTexts().flatMap((t) => t.text.split(/(?<=[ \n،,])/));
  const text = fc
    .array(
      fc.oneof(
        fc.constantFrom(...pieces),
        fc.string({ maxLength: 6 }),
        fc.constantFrom('«', '»', '“', '”', '"', '—', ':', '\n', '&quot;', '\ufeff'),
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join(''));

  it('gives spans that are the text', () => {
    fc.assert(
      fc.property(text, (input) => {
        for (const span of spansOf(read(input))) expect(span.text).toBe(input.slice(span.start, span.end));
      }),
      { numRuns: 150 },
    );
  });

  it('is read in linear time however often quotations open and verbs come', () => {
    for (const unit of [
      'قال “',
      '«сказал ',
      '" said ',
      'قال إن قال إن ',
      'according to ',
      'رفض اقتراح ',
      'the minister, ',
      'offer proposal deal ',
    ]) {
      expect(() => read(unit.repeat(3_000))).not.toThrow();
    }
  });
});
