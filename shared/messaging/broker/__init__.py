"""The broker, Redis or RabbitMQ: transports that sanitize messages, and the messages' format."""
