/**
 * The channel's own modes on one server: blind arbiter or private exchange, with the line, keep-clear volumes, the
 * record's epochs and the desk. Nothing of open mode is mounted here: its paths answer 404.
 */
import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import type { World } from '../core/index.ts';
import type { Db } from '../db/index.ts';
import { Arbiter } from './blind/arbiter.ts';
import { hotlineCard } from './blind/card.ts';
import { mountBlindMode } from './blind/routes.ts';
import { Stream } from './blind/stream.ts';
import { Channel } from './channel/channel.ts';
import { KeepClears } from './channel/keep-clear.ts';
import { mountChannel, type OwnAlert } from './channel/routes.ts';
import { mountCoordinates, mountDesk } from './desk/routes.ts';
import { Epochs } from './epochs.ts';
import type { Journal } from './journal.ts';
import { psiReady } from './private/psi.ts';
import { mountPrivateMode, peerAt } from './private/routes.ts';
import { PrivateMode } from './private/service.ts';
import { EXAMPLE_RULES } from './rules/example.ts';
import type { RuleSet } from './rules/model.ts';
import { parseRuleSet } from './rules/parse.ts';
import type { ServeOptions } from './serve.ts';
import { Tokens } from './tokens.ts';

const EPOCH_LOOK_MS = 1_000;

/** Mounts the mode under /flight/v1; the returned function stops its timers. */
export async function startOwn(
  app: FastifyInstance,
  world: World,
  db: Db,
  journal: Journal,
  options: ServeOptions,
): Promise<() => void> {
  const rules = readRules(world, options);
  const tokens = new Tokens(options.dataDir);
  const channel = await Channel.start(world, journal, rules);
  const keepClears = await KeepClears.start(world, journal);
  const epochs = await Epochs.start(world, db, journal, rules.epochMinutes);
  const mode =
    options.mode === 'private'
      ? await privateMode(world, journal, rules, options)
      : await blindMode(world, journal, rules, keepClears, channel);
  const stops: (() => void)[] = [];
  await app.register(
    async (scope) => {
      stops.push(mode.mount(scope, tokens));
      mountChannel(scope, channel, keepClears, tokens, mode.ownAlert);
      mountCoordinates(scope, tokens);
    },
    { prefix: '/flight/v1' },
  );
  const only = options.mode === 'private' ? options.party : undefined;
  await app.register(async (scope) => mountDesk(scope, tokens, rules, only), { prefix: '/desk/flight' });
  let closing: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    closing = closing
      .then(() => epochs.close(mode.takeCommitments))
      .catch((error) => {
        world.log.error({ error: String(error) }, 'the epoch could not be closed');
      });
  }, EPOCH_LOOK_MS);
  return () => {
    clearInterval(timer);
    for (const stop of stops) stop();
  };
}

function readRules(world: World, options: ServeOptions): RuleSet {
  if (options.rules) return parseRuleSet(readFileSync(options.rules, 'utf8'), options.rules);
  world.log.warn({ rules: EXAMPLE_RULES.name }, 'no rule set was given: the example holds, which nobody agreed to');
  return EXAMPLE_RULES;
}

interface OwnMode {
  mount(scope: FastifyInstance, tokens: Tokens): () => void;
  readonly ownAlert: OwnAlert;
  readonly takeCommitments: () => readonly string[];
}

async function blindMode(
  world: World,
  journal: Journal,
  rules: RuleSet,
  keepClears: KeepClears,
  channel: Channel,
): Promise<OwnMode> {
  const arbiter = await Arbiter.start(world, journal, rules, hotlineCard, (volumes) => keepClears.entered(volumes));
  arbiter.onLoss((declarations, parties) => void channel.openFile(declarations, parties).catch(() => {}));
  return {
    mount: (scope, tokens) => mountBlindMode(scope, arbiter, tokens, new Stream()),
    ownAlert: (party, alert) => arbiter.ownAlert(party, alert),
    takeCommitments: () => arbiter.takeCommitments(),
  };
}

async function privateMode(world: World, journal: Journal, rules: RuleSet, options: ServeOptions): Promise<OwnMode> {
  const own = options.party;
  if (!own || !rules.parties.some((party) => party.id === own)) {
    throw new Error(`private mode needs --party: one of ${rules.parties.map((party) => party.id).join(', ')}`);
  }
  await psiReady();
  const mode = await PrivateMode.start(world, journal, rules);
  return {
    mount(scope, tokens) {
      mountPrivateMode(scope, mode, tokens, own);
      const { peer } = options;
      if (!peer) return () => void mode.close();
      let led = -1;
      const timer = setInterval(() => {
        const epoch = mode.epochNow();
        if (epoch === led) return;
        led = epoch;
        mode.lead(peerAt(peer.url, peer.token)).catch((error) => {
          world.log.error({ error: String(error) }, 'the exchange failed; declarations stay unknown');
        });
      }, EPOCH_LOOK_MS);
      return () => {
        clearInterval(timer);
        void mode.close();
      };
    },
    ownAlert: () => undefined,
    takeCommitments: () => mode.takeCommitments(),
  };
}
