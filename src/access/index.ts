/** The door of access. */
export * from './approval.ts';
export { type ApprovalDeps, approvalRoutes } from './approval-routes.ts';
export { type ApprovalTools, type Performer, proposeAct, readProposal } from './approval-service.ts';
export { type ApprovalFile, checkApprovalFile, type SignedApproval } from './approval-statement.ts';
export { ACTIONS, type Action, isRole, may, ROLES, type Role } from './model.ts';
export * from './problems.ts';
export { actorOf, createToken, requireAction } from './service.ts';
