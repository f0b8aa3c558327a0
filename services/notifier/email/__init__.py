"""E-mail: added while telling, claimed when due, composed, handed to an SMTP server, recorded."""
