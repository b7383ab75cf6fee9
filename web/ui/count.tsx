/** A count as a range in words, with a name for it. Unknown is written, never blank, never zero. */
import type { Count } from '../../src/core/index.ts';
import { countText } from '../app/format.ts';
import { useLocale } from '../app/locale.tsx';

export function CountText({ count }: { count: Count }) {
  const { t } = useLocale();
  return <>{countText(t, count)}</>;
}
