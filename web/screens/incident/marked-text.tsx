/**
 * A report's words as received, with the runs that values were read from marked. Marks have no padding or border: a
 * mark may begin inside an Arabic word, and its letters must stay joined.
 */
import type { Lang } from '../../../src/core/index.ts';
import type { ApiClaim, ClaimField } from '../../../src/server/api/types.ts';
import styles from './marked-text.module.css';
import { segmentsOf } from './segments.ts';

interface MarkedTextProps {
  readonly document: string;
  readonly lang: Lang | 'other';
  readonly claims: readonly ApiClaim[];
  /** The field whose words are emphasised; all others fade. */
  readonly field: string | undefined;
}

export function MarkedText({ document, lang, claims, field }: MarkedTextProps) {
  return (
    <p
      className={styles.text}
      dir="auto"
      lang={lang === 'other' ? undefined : lang}
      data-focused={field === undefined ? undefined : true}
    >
      {segmentsOf(document, claims).map((segment) => {
        const fields = segment.claims.map((index) => claims[index]?.value.field).filter((one) => one !== undefined);
        const [first] = fields;
        if (first === undefined) return <span key={segment.start}>{segment.text}</span>;
        const shown = field !== undefined && fields.some((one) => one === field) ? (field as ClaimField) : first;
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
