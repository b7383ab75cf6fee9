/** The door of access. */
export * from './approval.ts';
export { ACTIONS, type Action, isRole, may, ROLES, type Role } from './model.ts';
export * from './problems.ts';
export { actorOf, createToken, requireAction } from './service.ts';
