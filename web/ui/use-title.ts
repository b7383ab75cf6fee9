/** The document's title: what the screen shows, then the name of the product. */
import { useEffect } from 'react';

export function useTitle(...parts: readonly string[]): void {
  const title = parts.filter(Boolean).join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
