/** Roles, and what each may do: deny by default, one matrix. docs/roles.md shows the same table, kept equal by a test. */

export const ROLES = [
  'duty_officer',
  'monitor',
  'analyst',
  'assessor',
  'co_chair',
  'liaison',
  'custodian',
  'operator',
] as const;
export type Role = (typeof ROLES)[number];

export const isRole = (value: unknown): value is Role => ROLES.includes(value as Role);

/** Everything that needs a role. What the public may do needs none and is not listed. */
export const ACTIONS = [
  'report.submit',
  'report.read_sealed',
  'claim.decide',
  'link.decide',
  'bulletin.propose',
  'act.approve',
  'identity.open',
  'operate',
] as const;
export type Action = (typeof ACTIONS)[number];

const MATRIX: Readonly<Record<Role, readonly Action[]>> = {
  duty_officer: ['report.submit', 'report.read_sealed'],
  monitor: ['report.submit'],
  analyst: ['report.read_sealed', 'claim.decide', 'link.decide', 'bulletin.propose'],
  assessor: ['report.read_sealed', 'bulletin.propose', 'act.approve'],
  co_chair: ['report.read_sealed', 'bulletin.propose', 'act.approve'],
  liaison: [],
  custodian: ['report.read_sealed', 'identity.open'],
  operator: ['operate'],
};

/** Whether a role may do an action. No role may do nothing beyond what is public. */
export const may = (role: Role | null, action: Action): boolean => role !== null && MATRIX[role].includes(action);
