exports.capture = (client, event) => client.enqueue(event);
