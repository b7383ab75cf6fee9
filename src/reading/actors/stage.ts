/** The actors of a text, for the reading: bodies, and persons whose names may be kept. Roles and pronouns are not listed. */

import type { ActorMention } from '../model.ts';
import type { PrepareStage } from '../stages.ts';
import { prepareAnalysis } from './analysis.ts';

export const prepareActors: PrepareStage<ActorMention> = (sources) => {
  const analyse = prepareAnalysis(sources);
  return (ctx, found) => {
    const seen = new Set<number>();
    const mentions: ActorMention[] = [];
    for (const { actorSpan, actorKind, entity } of analyse(ctx, found).parties) {
      if (!actorSpan || seen.has(actorSpan.start)) continue;
      seen.add(actorSpan.start);
      mentions.push({
        span: actorSpan,
        actor: actorKind === 'person' ? null : entity.actor,
        kind: actorKind,
        name: entity.names,
      });
    }
    return mentions.sort((a, b) => a.span.start - b.span.start);
  };
};
