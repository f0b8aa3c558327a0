/** Where the cache keeps what was read of notifications. */
export const notificationKeys = {
  all: () => ["notifications"] as const,
  list: (language: string) => ["notifications", language] as const,
  unreadCount: () => ["notifications", "unread"] as const,
};

/** The cache's key of the person's preferences; also the name under which that is saved. */
export const preferenceKeys = {
  all: () => ["preferences"] as const,
  list: (language: string) => ["preferences", language] as const,
};
