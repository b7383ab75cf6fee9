/** The door of intake. */
export { onTheHour } from './coarse-time.ts';
export {
  addFirstRecipient,
  checkRecipientChange,
  type IntakeStatus,
  intakeStatus,
  openPublicDoor,
  type RecipientChange,
  recordRecipientChange,
  shutPublicDoor,
} from './keys.ts';
export { INTAKE_LIMITS } from './model.ts';
export * from './problems.ts';
export { type IntakeDeps, intakeRoutes } from './routes.ts';
export { PURPOSES, type Purpose } from './store.ts';
export { Workshop } from './workshop/workshop.ts';
