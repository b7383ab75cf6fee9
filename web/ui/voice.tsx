/** Who says so: the name of a source or origin, or, where only sealed reports carry it, a number in place of the name. */
import { useLocale } from '../app/locale.tsx';
import { Bdi } from './bdi.tsx';

const SEALED = /^sealed:(\d*)$/;

export function Voice({ name, className }: { readonly name: string; readonly className?: string }) {
  const { t } = useLocale();
  const sealed = SEALED.exec(name);
  if (!sealed) return <Bdi className={className}>{name}</Bdi>;
  return <span className={className}>{t('voice.sealed', { n: sealed[1] ?? '' })}</span>;
}
