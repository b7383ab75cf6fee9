/** The door of server. */
export { type AppOptions, buildApp } from './app.ts';
export { bringDataKey, bringRecord, readBackup } from './backup.ts';
export { callServer, hasServer } from './control.ts';
export { furnishHouse, type House, type HouseOptions, openHouse } from './house.ts';
export { OPERATIONS, type OperationName, type Progress } from './operations.ts';
export { type Running, serveHouse } from './serve.ts';
