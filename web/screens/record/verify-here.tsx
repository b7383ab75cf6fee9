/** Verifying in the page: with the policy the reader pins, the whole record or one file. Says what such a check is worth. */
import { type ChangeEvent, useId, useState } from 'react';
import { useLocale } from '../../app/locale.tsx';
import { Bdi } from '../../ui/bdi.tsx';
import { Panel } from '../../ui/panel.tsx';
import { BadPolicy } from './bad-policy.ts';
import type { Checked, FileKind } from './check.ts';
import styles from './record.module.css';

const LARGEST_FILE = 16 * 1_048_576;
const KINDS: readonly FileKind[] = ['bulletin', 'receipt', 'proof'];

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy'; readonly done: number }
  | { readonly kind: 'checked'; readonly checked: Checked }
  | { readonly kind: 'failed'; readonly reason: 'policy' | 'size' | 'other'; readonly detail: string };

export function VerifyHere({ policy: published }: { policy: string }) {
  const { t, lang } = useLocale();
  const id = useId();
  const [policy, setPolicy] = useState(published);
  const [fileKind, setFileKind] = useState<FileKind>('bulletin');
  const [state, setState] = useState<State>({ kind: 'idle' });

  // The verifier is fetched only by those who use it.
  const run = async (check: (checks: typeof import('./check.ts')) => Promise<Checked>) => {
    setState({ kind: 'busy', done: 0 });
    try {
      setState({ kind: 'checked', checked: await check(await import('./check.ts')) });
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      setState({ kind: 'failed', reason: error instanceof BadPolicy ? 'policy' : 'other', detail });
    }
  };
  const checkChosen = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    event.target.value = '';
    if (!file) return;
    if (file.size > LARGEST_FILE) setState({ kind: 'failed', reason: 'size', detail: file.name });
    else void run((checks) => checks.checkFile(fileKind, file, policy, lang));
  };

  return (
    <Panel title={t('web.verify.title')} note={t('web.verify.note')}>
      <div className={styles.stack}>
        <label htmlFor={`${id}-policy`}>{t('web.verify.policy')}</label>
        <textarea
          id={`${id}-policy`}
          dir="ltr"
          lang="en"
          spellCheck={false}
          className={styles.policy}
          rows={5}
          value={policy}
          onChange={(event) => setPolicy(event.target.value)}
        />
        {policy === published ? <p className={styles.soft}>{t('web.verify.ownPolicy')}</p> : null}
      </div>
      <p className={styles.actions}>
        <button
          type="button"
          className={styles.button}
          disabled={state.kind === 'busy'}
          onClick={() => run((checks) => checks.checkRecord(policy, lang, (done) => setState({ kind: 'busy', done })))}
        >
          {t('web.verify.record')}
        </button>
      </p>
      <div className={styles.actions}>
        <label>
          {t('web.verify.kind')}{' '}
          <select
            value={fileKind}
            onChange={(event) => setFileKind(KINDS.find((kind) => kind === event.target.value) ?? 'bulletin')}
          >
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`web.verify.kind.${kind}`)}
              </option>
            ))}
          </select>
        </label>
        <label className={styles.choose}>
          {t('web.verify.file')}
          <input type="file" className="visually-hidden" onChange={checkChosen} disabled={state.kind === 'busy'} />
        </label>
      </div>
      <div role="status">
        <Outcome state={state} />
      </div>
    </Panel>
  );
}

function Outcome({ state }: { state: State }) {
  const { t } = useLocale();
  if (state.kind === 'idle') return null;
  if (state.kind === 'busy') return <p>{t('web.verify.busy', { n: state.done })}</p>;
  if (state.kind === 'failed') {
    return (
      <p className={styles.outcome} data-outcome="invalid">
        {t(`web.verify.failed.${state.reason}`)} <Bdi dir="ltr">{state.detail}</Bdi>
      </p>
    );
  }
  const { outcome, sentence, entries, firstBadIndex, cosigners, silent } = state.checked;
  return (
    <div className={styles.outcome} data-outcome={outcome}>
      <p>
        <strong>{t(`web.verify.outcome.${outcome}`)}</strong> {outcome === 'valid' ? null : <Bdi>{sentence}</Bdi>}
      </p>
      {entries === null ? null : <p>{t('web.verify.entries', { n: entries })}</p>}
      {firstBadIndex === null ? null : <p>{t('web.verify.firstBad', { n: firstBadIndex })}</p>}
      {cosigners.length > 0 ? <Names text={t('web.verify.cosigned')} names={cosigners} /> : null}
      {silent.length > 0 ? <Names text={t('web.verify.silent')} names={silent} /> : null}
    </div>
  );
}

function Names({ text, names }: { text: string; names: readonly string[] }) {
  const { t } = useLocale();
  return (
    <p>
      {text}{' '}
      {names.map((name, index) => (
        <span key={name}>
          {index > 0 ? t('web.separator') : ''}
          <Bdi>{name}</Bdi>
        </span>
      ))}
    </p>
  );
}
