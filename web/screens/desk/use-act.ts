/** One act of a desk page: whether it runs, and what it was refused with; what was shown is fetched anew afterwards. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiFailure } from '../../app/api.ts';
import { useLocale } from '../../app/locale.tsx';
import { PasskeyCancelled } from './passkey.ts';

export interface Act {
  readonly busy: boolean;
  /** A sentence for the person, or null. */
  readonly refused: string | null;
  /** Runs the act; true when it was done. */
  run(act: () => Promise<unknown>): Promise<boolean>;
}

export function useAct(): Act {
  const { t } = useLocale();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const sentence = (error: unknown): string => {
    if (error instanceof PasskeyCancelled) return t('web.desk.passkeyCancelled');
    return error instanceof ApiFailure ? error.message : t('web.failed.help');
  };
  return {
    busy,
    refused,
    async run(act) {
      setBusy(true);
      setRefused(null);
      try {
        await act();
        return true;
      } catch (error) {
        setRefused(sentence(error));
        return false;
      } finally {
        await client.invalidateQueries({ queryKey: ['desk'] });
        await client.invalidateQueries({ queryKey: ['session'] });
        setBusy(false);
      }
    },
  };
}
