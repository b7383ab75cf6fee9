/** The mark of what only the machine says: a dotted border and the words "proposed by machine". People's findings never wear it. */

import type { ClaimStanding } from '../../src/server/api/types.ts';
import { useLocale } from '../app/locale.tsx';
import styles from './proposal.module.css';

export function ProposalTag({ standing = 'proposed' }: { standing?: ClaimStanding }) {
  const { t } = useLocale();
  return (
    <span className={styles.tag} data-standing={standing}>
      {t(`code.claimStanding.${standing}`)}
    </span>
  );
}
