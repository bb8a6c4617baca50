import json
import sys

import jinja2

data = json.load(sys.stdin)
env = jinja2.Environment(loader=jinja2.FileSystemLoader(data["templates"]), autoescape=True)
print(env.get_template(data["name"]).render(**data["context"]))
