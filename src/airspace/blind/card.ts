/** The card an unacknowledged alert is escalated with: what to say on the hotline, in the three languages. */
import { LANGS } from '../../core/index.ts';
import { messageOf } from '../texts.ts';
import type { Level } from './model.ts';
import type { View } from './views.ts';

/** Makes a card for an alert's own short number and level. */
export type Card = (number: string, level: Level) => View;

export const hotlineCard: Card = (number, level) =>
  Object.fromEntries(
    LANGS.map((lang) => [
      lang,
      messageOf(lang, 'airspace.card', { number, level: messageOf(lang, `airspace.level.${level}`) }),
    ]),
  );
