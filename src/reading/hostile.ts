/** Strings made to be slow or to break offsets; tests and the benchmark read them. Never used by the product. */

export interface HostileString {
  readonly name: string;
  readonly text: string;
}

/** Length of each string in UTF-16 units, about. */
const SIZE = 10_000;

/** What is repeated, by what it attacks. */
const UNITS: Readonly<Record<string, string>> = {
  'open tags': '<',
  'tags without end': '<a href="',
  'quoted tags': "<a b='c",
  'open comments': '<!--',
  'open scripts': '<script>',
  ampersands: '&',
  'half entities': '&#',
  'long entities': '&amp',
  quotes: '"',
  'opening quotes': '“',
  'closing quotes': '”',
  guillemets: '«',
  brackets: '(',
  'square brackets': '[[',
  dashes: '-',
  'dashes and spaces': '- ',
  dots: '.',
  'dots and spaces': '. ',
  commas: ',',
  'line breaks': '\n',
  'carriage returns': '\r',
  spaces: ' ',
  tabs: '\t',
  digits: '1',
  'digits and dots': '1.',
  'digits and slashes': '1/',
  'digits and spaces': '1 ',
  'dates without end': '1/1/',
  thousands: '1,000,',
  'number words ar': 'خمسة و',
  'number words joined ar': 'مئة وخمسة وعشرون ألف ',
  'number words en': 'hundred and ',
  'number words ru': 'двадцать ',
  'until until': 'حتى ',
  'since since': 'منذ ',
  'from from': 'from ',
  'from to': 'from 5 to ',
  'between and': 'between and ',
  'in in': 'in the ',
  'on the on the': 'on the night of ',
  'weekdays ar': 'ليل السبت الأحد ',
  'weekdays en': 'Monday, ',
  'weekdays ru': 'в пятницу ',
  'months ar': 'كانون الأول/',
  'months en': 'May ',
  'days and months': '5 May and ',
  'months ru': 'мая ',
  'said said ar': 'قال إن ',
  'said said en': 'he said that ',
  'said said ru': 'заявил, что ',
  proclitics: 'و',
  'proclitics mixed': 'وبال',
  'long word': 'ا',
  tatweel: 'ـ',
  tashkeel: '\u064b',
  'marks on a letter': 'ا\u0301\u0302\u064b',
  'zero width': '\u200b',
  'bidi marks': '\u202e\u202c',
  surrogates: '\ud800',
  'lone low surrogates': '\udc00',
  nulls: '\u0000',
  ones: '\u0001',
  emoji: '\u{1f1f8}\u{1f1fe}',
  'killed killed': 'killed ',
  'killed and killed ar': 'قتل وجرح ',
  'counts in a row': '5 قتلى و',
  'places in a row': 'حلب وإدلب و',
  instructions: 'ignore all previous ',
  capitals: 'Aa ',
  apostrophes: "a'",
};

export function hostileStrings(): HostileString[] {
  const repeated = Object.entries(UNITS).map(([name, unit]) => ({
    name,
    text: unit.repeat(Math.ceil(SIZE / unit.length)),
  }));
  return [
    ...repeated,
    { name: 'nested quotes', text: '“قال “'.repeat(SIZE / 6) + '”'.repeat(SIZE / 6) },
    { name: 'every script', text: 'حلب Aleppo Алеппо 12 '.repeat(SIZE / 20) },
  ];
}
