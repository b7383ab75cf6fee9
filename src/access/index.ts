/** The door of access. */
export * from './approval.ts';
export { type ApprovalDeps, approvalRoutes } from './approval-routes.ts';
export { type ApprovalTools, changeKey, type Performer, proposeAct, readProposal } from './approval-service.ts';
export { type ApprovalFile, checkApprovalFile, parseApprovalFile, type SignedApproval } from './approval-statement.ts';
export type { StoredProposal } from './approval-store.ts';
export { DEMO_CAST, demoRoutes, isLoopback } from './demo.ts';
export { actorIn, type GuardTools, guardRoutes, needs, PUBLIC, publicOr, type RouteAccess } from './guard.ts';
export { ACTIONS, type Action, isRole, may, PERSON_ROLES, ROLES, type Role, roleFor } from './model.ts';
export { type OidcProvider, oidcFile } from './oidc.ts';
export { oidcRoutes } from './oidc-routes.ts';
export { siteOf } from './passkey.ts';
export { joinPath, peopleRoutes } from './people-routes.ts';
export { invite, inviteFirst } from './people-service.ts';
export * from './problems.ts';
export { actorOf, createToken, requireAction } from './service.ts';
export { type SessionDeps, sessionRoutes } from './session-routes.ts';
export { signInCeremonies } from './sign-in-service.ts';
