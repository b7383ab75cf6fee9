/** A run whose direction is its own (a name, a title, words of a report), isolated from the text around it. */
import type { ReactNode } from 'react';

interface BdiProps {
  readonly children: ReactNode;
  /** The language of the run when known, for fonts and screen readers. */
  readonly lang?: string;
  /** Force a direction for what is never natural text: ids, coordinates, zone names. */
  readonly dir?: 'ltr' | 'rtl' | 'auto';
  readonly className?: string;
}

export function Bdi({ children, lang, dir = 'auto', className }: BdiProps) {
  return (
    <bdi dir={dir} lang={lang === 'other' ? undefined : lang} className={className}>
      {children}
    </bdi>
  );
}
