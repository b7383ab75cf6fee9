import { describe, expect, it } from 'vitest';
import { withoutSharedWords } from './area-names.ts';

describe('names of areas on a map', () => {
  it('lose the word that all of them share, in any language', () => {
    expect(withoutSharedWords(['محافظة دمشق', 'محافظة ريف دمشق', 'محافظة حلب', 'محافظة حمص'])).toEqual([
      'دمشق',
      'ريف دمشق',
      'حلب',
      'حمص',
    ]);
    expect(withoutSharedWords(['North province', 'South province', 'Isle of Man'])).toEqual([
      'North province',
      'South province',
      'Isle of Man',
    ]);
  });

  it('stay whole when nothing else is left, and when there are too few to tell', () => {
    expect(withoutSharedWords(['Centre', 'Centre North', 'Centre South'])).toEqual(['Centre', 'North', 'South']);
    expect(withoutSharedWords(['East bank', 'West bank'])).toEqual(['East bank', 'West bank']);
  });
});
