/**
 * A report's words as received, with the runs that values were read from marked. Marks have no padding or border: a
 * mark may begin inside an Arabic word, and its letters must stay joined.
 */
import type { Lang } from '../../../src/core/index.ts';
import type { ApiClaim, ClaimField } from '../../../src/server/api/types.ts';
import styles from './marked-text.module.css';
import { narrowest, segmentsOf } from './segments.ts';

interface MarkedTextProps {
  readonly document: string;
  readonly lang: Lang | 'other';
  readonly claims: readonly ApiClaim[];
  /** The field whose words are emphasised; all others fade. */
  readonly field: string | undefined;
}

export function MarkedText({ document, lang, claims, field }: MarkedTextProps) {
  // The words of a value that a person rejected are marked only for who asks for that field.
  const shownClaims = claims.filter(({ standing, value }) => standing !== 'rejected' || value.field === field);
  return (
    <p
      className={styles.text}
      dir="auto"
      lang={lang === 'other' ? undefined : lang}
      data-words={true}
      data-focused={field === undefined ? undefined : true}
    >
      {segmentsOf(document, shownClaims).map((segment) => {
        const asked = segment.claims.some((index) => shownClaims[index]?.value.field === field);
        const shown = asked ? (field as ClaimField) : shownClaims[narrowest(segment, shownClaims)]?.value.field;
        if (shown === undefined) return <span key={segment.start}>{segment.text}</span>;
        return (
          <mark
            key={segment.start}
            className={styles.mark}
            data-field={shown}
            data-on={field === undefined || shown === field || undefined}
          >
            {segment.text}
          </mark>
        );
      })}
    </p>
  );
}
