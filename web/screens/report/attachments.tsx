/** Pictures, sound, film and documents: chosen, hashed here, and listed until they are sent. Names never leave the page. */
import { useId, useState } from 'react';
import { useLocale } from '../../app/locale.tsx';
import type { Enclosed } from './outbox.ts';
import styles from './report.module.css';
import { hashOfFile } from './seal.ts';

export const MAX_FILES = 8;
export const MAX_FILE_BYTES = 25_000_000;
const ACCEPTED = 'image/jpeg,image/png,image/webp,image/heic,video/*,audio/*,application/pdf';
const MB = 1_000_000;

interface AttachmentsProps {
  readonly files: readonly Enclosed[];
  readonly onChange: (files: readonly Enclosed[]) => void;
}

export function Attachments({ files, onChange }: AttachmentsProps) {
  const { t, formats } = useLocale();
  const id = useId();
  const [busy, setBusy] = useState(false);
  const [left, setLeft] = useState<readonly string[]>([]);
  const add = async (chosen: readonly File[]) => {
    setBusy(true);
    const small = chosen.filter(({ size }) => size > 0 && size <= MAX_FILE_BYTES);
    const hashed = await Promise.all(
      small.map(async (file) => ({ file, name: file.name, sha256: await hashOfFile(file) })),
    );
    const all = new Map([...files, ...hashed].map((one) => [one.sha256, one]));
    const kept = [...all.values()].slice(0, MAX_FILES);
    const taken = new Set(kept.map(({ sha256 }) => sha256));
    setLeft([
      ...chosen.filter((file) => !small.includes(file)).map(({ name }) => name),
      ...hashed.filter(({ sha256 }) => !taken.has(sha256)).map(({ name }) => name),
    ]);
    setBusy(false);
    onChange(kept);
  };
  return (
    <div className={styles.field}>
      <input
        id={id}
        className="visually-hidden"
        type="file"
        multiple
        accept={ACCEPTED}
        aria-describedby={`${id}-note`}
        disabled={busy}
        onChange={(event) => {
          const chosen = [...(event.target.files ?? [])];
          event.target.value = '';
          void add(chosen);
        }}
      />
      <label htmlFor={id} className={styles.choose}>
        {t('web.report.files')}
      </label>
      <p id={`${id}-note`} className={styles.soft}>
        {t('web.report.filesNote', { n: MAX_FILES, mb: MAX_FILE_BYTES / MB })}
      </p>
      <div role="status">
        {left.length === 0 ? null : (
          <p className={styles.fault}>
            {t('web.report.filesLeft')} <bdi dir="auto">{left.join(' · ')}</bdi>
          </p>
        )}
      </div>
      <ul className={styles.files}>
        {files.map(({ file, name, sha256 }) => (
          <li key={sha256}>
            <bdi dir="auto">{name}</bdi> <bdi dir="ltr">{formats.number(Math.ceil((file.size / MB) * 10) / 10)} MB</bdi>
            <button
              type="button"
              className={styles.plain}
              aria-label={t('web.report.fileRemove', { name })}
              onClick={() => onChange(files.filter((one) => one.sha256 !== sha256))}
            >
              {t('web.report.remove')}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
