/**
 * The intake form, for who answers the hotline and, where the operator opened it, for everyone: words first, then place,
 * time and numbers; who spoke, apart from all of it and sealed in this page; read back; sent for a receipt number.
 */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Lang } from '../../../src/core/index.ts';
import type { ApiIntake } from '../../../src/server/api/types.ts';
import { intakeQuery } from '../../app/api.ts';
import { useLocale } from '../../app/locale.tsx';
import { AsyncView } from '../../ui/async-view.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { type Draft, EMPTY_DRAFT } from './draft.ts';
import { IntakeForm } from './form.tsx';
import { browserCarrier, type Delivery, deliver, type Enclosed } from './outbox.ts';
import { Receipt } from './receipt.tsx';
import { drawId } from './seal.ts';

export function ReportScreen() {
  const { t } = useLocale();
  useTitle(t('web.nav.report'), t('web.brand'));
  return <AsyncView query={useQuery(intakeQuery)}>{(door) => <Intake {...door} />}</AsyncView>;
}

/** A form that was not touched: a new id, nothing in it. */
const blank = (lang: Lang): { id: string; draft: Draft; files: readonly Enclosed[] } => ({
  id: drawId(),
  draft: { ...EMPTY_DRAFT, lang },
  files: [],
});

function Intake({ open, csrf }: { open: ApiIntake | null; csrf: string | null }) {
  const { lang } = useLocale();
  const [sheet, setSheet] = useState(() => blank(lang));
  const [token, setToken] = useState('');
  const [delivery, setDelivery] = useState<Delivery | null>(null);
  // Somebody who came without an account may still be one of the staff; somebody who must have one is.
  const staff = open?.door !== 'public' || token.trim() !== '';
  const touched = sheet.draft.text !== '' && delivery?.state !== 'received';
  useLeaveWarning(touched);
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);
  if (delivery?.state === 'received') {
    return (
      <Receipt
        sent={delivery}
        staff={staff}
        onNext={() => {
          setSheet(blank(lang));
          setDelivery(null);
        }}
      />
    );
  }
  return (
    <IntakeForm
      draft={sheet.draft}
      files={sheet.files}
      token={token}
      open={open}
      staff={staff}
      delivery={delivery}
      onDraft={(change) => setSheet((before) => ({ ...before, draft: { ...before.draft, ...change } }))}
      onFiles={(files) => setSheet((before) => ({ ...before, files }))}
      onToken={setToken}
      onSend={async () => {
        const tell = (now: Delivery) => !gone.current && setDelivery(now);
        tell(await deliver({ ...sheet, lang, token, csrf }, browserCarrier, tell));
      }}
    />
  );
}

/** Asks before the page is closed over words that are nowhere else. */
function useLeaveWarning(active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [active]);
}
