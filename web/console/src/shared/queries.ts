/** Names under which answers of the server are kept, where several features share them. */
export const LIST = 'conversations';
export const COUNTS = ['counts'];
export const LABELS = ['labels'];
export const HEAD = 'conversation';
export const PROMISES = 'promises';
export const FOLLOWED = ['followed'];
export const headKey = (id: string) => [HEAD, id];
