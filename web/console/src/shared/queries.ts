/** Names under which answers of the server are kept, where several features share them. */
export const LIST = 'conversations';
export const COUNTS = ['counts'];
export const HEAD = 'conversation';
export const PROMISES = 'promises';
export const headKey = (id: string) => [HEAD, id];
