/** Roles, and what each may do: deny by default, one matrix. docs/roles.md shows the same table, kept equal by a test. */

/** In the order in which the roles of one person speak: the first that may do an act does it. */
export const ROLES = [
  'co_chair',
  'assessor',
  'analyst',
  'duty_officer',
  'monitor',
  'liaison',
  'custodian',
  'administrator',
  'operator',
] as const;
export type Role = (typeof ROLES)[number];

export const isRole = (value: unknown): value is Role => ROLES.includes(value as Role);

/** Roles that a person may hold; the operator runs the machine and is no voice of anybody. */
export const PERSON_ROLES: readonly Role[] = ROLES.filter((role) => role !== 'operator');

/** Everything that needs a role. What the public may do needs none and is not listed. */
export const ACTIONS = [
  'report.submit',
  'report.read_sealed',
  'claim.decide',
  'link.decide',
  'bulletin.propose',
  'act.propose',
  'act.approve',
  'identity.open',
  'people.manage',
  'operate',
] as const;
export type Action = (typeof ACTIONS)[number];

const MATRIX: Readonly<Record<Role, readonly Action[]>> = {
  co_chair: ['report.read_sealed', 'bulletin.propose', 'act.propose', 'act.approve'],
  assessor: ['report.read_sealed', 'bulletin.propose', 'act.propose', 'act.approve'],
  analyst: ['report.read_sealed', 'claim.decide', 'link.decide', 'bulletin.propose', 'act.propose'],
  duty_officer: ['report.submit', 'report.read_sealed'],
  monitor: ['report.submit'],
  liaison: [],
  custodian: ['report.read_sealed', 'identity.open'],
  administrator: ['people.manage'],
  operator: ['operate'],
};

/** Whether a role may do an action. No role may do nothing beyond what is public. */
export const may = (role: Role | null, action: Action): boolean => role !== null && MATRIX[role].includes(action);

/** With which of its roles a holder does an action; null where none may. */
export const roleFor = (roles: readonly Role[], action: Action): Role | null =>
  ROLES.find((role) => roles.includes(role) && may(role, action)) ?? null;
