"""A ticket as a conversation: messages, notes, closing, reopening, who has read what."""
