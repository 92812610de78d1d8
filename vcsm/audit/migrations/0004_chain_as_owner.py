"""Lets the table's owner write the chain, whoever writes the entry.

A deferred trigger runs as the role that wrote the entry, but at commit, when that role may no
longer be in any workspace's scope and then sees no row of the chain.
"""

from django.db import migrations

AS_OWNER = """
ALTER FUNCTION audit_chain() SECURITY DEFINER;
ALTER FUNCTION audit_chain() SET search_path = public, pg_temp;
"""
AS_CALLER = """
ALTER FUNCTION audit_chain() SECURITY INVOKER;
ALTER FUNCTION audit_chain() RESET search_path;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_indexes")]
    operations = [migrations.RunSQL(AS_OWNER, AS_CALLER)]
