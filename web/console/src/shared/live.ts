/** The one socket of a console: list changes for everybody who listens, one watched thread, and reconnection. */
import { useEffect, useSyncExternalStore } from 'react';
import type { Message, NoticeKind, State } from './api';
import { backoff } from './backoff';

export interface Author {
  kind: Message['author']['kind'];
  id?: string | null;
  name?: string | null;
}

/** A colleague who has the thread open. */
export interface Viewer {
  id: string;
  name: string;
}

export interface Activity {
  type: 'activity';
  conversation_id: string;
  seq: number;
  author_kind: Author['kind'];
  kind: Message['kind'];
  /** Who has the conversation in hand. */
  assignee_id: string | null;
  preview: string;
  at: string;
}

export type Frame =
  | { type: 'ready' }
  | { type: 'resync' }
  | Activity
  | { type: 'conversation'; conversation: { conversation_id: string; state: State; assignee_id: string | null } }
  | { type: 'notice'; id: string; kind: NoticeKind; conversation_id: string | null; ticket_id: string | null }
  | { type: 'ticket'; ticket: { id: string; version: number } }
  | { type: 'ticket_left'; ticket_id: string }
  | { type: 'ticket_comment'; ticket_id: string; comment_id: string }
  | { type: 'left'; conversation_id: string }
  | { type: 'merged'; conversation_id: string; source_id: string; into: string }
  | { type: 'viewers'; conversation_id: string; viewers: Viewer[] }
  | { type: 'message'; conversation_id: string; message: Message }
  | { type: 'typing'; conversation_id: string; author: Author }
  | { type: 'read'; conversation_id: string; seq: number; by_customer: boolean };

interface Watched {
  id: string;
  lastSeq: () => number;
}

/** The session was refused or ended: to reconnect is of no use. */
const REFUSED = 4401;
/** What may be seen or done has changed: ask again who one is, and come back. */
const CHANGED = 4410;
const TYPING_EVERY = 3000;

class Live {
  private socket: WebSocket | null = null;
  private listeners = new Set<(frame: Frame) => void>();
  private observers = new Set<() => void>();
  private watched: Watched | null = null;
  private attempt = 0;
  private timer = 0;
  private typedAt = 0;
  private onRefused = () => {};
  connected = true;

  start(onRefused: () => void): void {
    this.onRefused = onRefused;
    this.connect();
  }

  stop(): void {
    window.clearTimeout(this.timer);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
    this.attempt = 0;
  }

  listen(listener: (frame: Frame) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  observe = (observer: () => void): (() => void) => {
    this.observers.add(observer);
    return () => this.observers.delete(observer);
  };

  /** Follow a thread from what is known of it, over reconnections too. */
  watch(id: string, lastSeq: () => number): () => void {
    this.watched = { id, lastSeq };
    this.sendWatch();
    return () => {
      this.send({ type: 'unwatch', conversation_id: id });
      if (this.watched?.id === id) this.watched = null;
    };
  }

  typing(conversationId: string): void {
    if (Date.now() - this.typedAt < TYPING_EVERY) return;
    this.typedAt = Date.now();
    this.send({ type: 'typing', conversation_id: conversationId });
  }

  private connect(): void {
    const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${window.location.host}/api/v1/socket`);
    this.socket = socket;
    socket.onmessage = (event) => this.received(JSON.parse(String(event.data)) as Frame);
    socket.onclose = (event) => {
      if (this.socket !== socket) return;
      this.socket = null;
      this.setConnected(false);
      if (event.code === REFUSED || event.code === CHANGED) this.onRefused();
      if (event.code !== REFUSED) this.timer = window.setTimeout(() => this.connect(), backoff(this.attempt++));
    };
  }

  private received(frame: Frame): void {
    if (frame.type === 'ready') {
      this.attempt = 0;
      this.setConnected(true);
      this.sendWatch();
    }
    for (const listener of this.listeners) listener(frame);
  }

  private sendWatch(): void {
    if (!this.watched) return;
    this.send({ type: 'watch', conversation_id: this.watched.id, after_seq: this.watched.lastSeq() });
  }

  private send(frame: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  private setConnected(connected: boolean): void {
    if (this.connected === connected) return;
    this.connected = connected;
    for (const observer of this.observers) observer();
  }
}

export const live = new Live();

export const useConnected = () => useSyncExternalStore(live.observe, () => live.connected);

/** Hear every frame while mounted. `listener` must be stable. */
export function useFrames(listener: (frame: Frame) => void): void {
  useEffect(() => live.listen(listener), [listener]);
}
