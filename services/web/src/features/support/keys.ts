/** Where the cache keeps what only support reads. */
export const supportKeys = {
  staff: () => ["staff"] as const,
  causes: (language: string) => ["causes", language] as const,
  cannedReplies: () => ["canned-replies"] as const,
  cannedReplyList: (q: string) => ["canned-replies", q] as const,
};
