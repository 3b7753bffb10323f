/** Who is signed in, for everything that is only shown to somebody who is. */
import { createContext, useContext } from 'react';
import type { Me } from './api';

export type Permission = Me['permissions'][number];

export const SessionContext = createContext<Me | null>(null);

export function useMe(): Me {
  const me = useContext(SessionContext);
  if (!me) throw new Error('useMe is for what is shown to somebody who is signed in');
  return me;
}

export const useMay = (permission: Permission) => useMe().permissions.includes(permission);
