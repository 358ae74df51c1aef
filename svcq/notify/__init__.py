"""Deliver one message: a mail by SMTP, a digest to a chat group."""
