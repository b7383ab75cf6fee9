/** The door of server. */
export { callServer, hasServer } from './control.ts';
export { type House, type HouseOptions, openHouse } from './house.ts';
export { OPERATIONS, type OperationName, type Progress } from './operations.ts';
export { type Running, serveHouse } from './serve.ts';
