/**
 * Who was hit, where the words say so right before the actor's name ("on positions of …", "ضد …", "позиции …"). Only for
 * the question whether an incident is inside the terms; it claims nothing where the words are silent.
 */
import type { EventClaim, Reading, Span } from '../reading/index.ts';

/** Words that stand directly before the one who is hit. A cue counts only when it ends next to the mention. */
const CUES =
  /(?:مواقع|مواقعه|مقرات|مقر|تجمعات|نقاط|عناصر من|مسلحي|قوات من|ضد|استهدفت?|قصفت?|هاجمت?|positions? (?:of|held by)|posts? of|against|targeting|hit|struck|fighters of|members of|позици(?:и|ям|ях|й)|против|бойцов|отряды|по объектам)\s*(?:تنظيم|تابعة ل|جماعة|حركة|the|группировки|террористов|боевиков)?\s*[«"“„]?(?:ل|ب|و)?$/iu;
const BEFORE = 48;

/** The actor mention that an event is done to, if the words name one other than the alleged party. */
export function victimOf(
  document: string,
  reading: Reading,
  event: EventClaim,
): { code: string | null; span: Span } | null {
  for (const mention of reading.actors) {
    if (mention.actor === null || mention.actor === event.actor) continue;
    if (!event.spans.some((span) => mention.span.start >= span.start && mention.span.end <= span.end)) continue;
    if (CUES.test(document.slice(Math.max(0, mention.span.start - BEFORE), mention.span.start))) {
      return { code: mention.actor, span: mention.span };
    }
  }
  return null;
}
