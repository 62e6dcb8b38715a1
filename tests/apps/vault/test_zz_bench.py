import time
from world import night, night_kept
from django.db import connection
from ojakgyo.apps.chronicle import audit
from ojakgyo.apps.chronicle.models import Entry, Head
from ojakgyo.apps.vault.queries.audit import Look, audit as page
from ojakgyo.domain.sealing import chain
def test_b(night, tmp_path):
    h=Head.objects.get(); before=h.hash; rows=[]
    for seq in range(h.seq+1, 100001):
        body=b'{"person":"p_0000000000005"}'; salt=bytes(16); inner=chain.inner(salt,body)
        before=chain.link(seq,"watch.signal_weighed",1,"house:0",1,inner,before)
        rows.append(Entry(seq=seq,kind="watch.signal_weighed",v=1,actor="house:0",recorded_ms=1,salt=salt,body=body,inner=inner,hash=before))
    Entry.objects.bulk_create(rows, batch_size=5000); Head.objects.update(seq=100000,hash=before)
    t=time.time(); audit.verify(); print("verify", time.time()-t)
    t=time.time(); page(night.desk("Haneul"), look=Look()); print("page", time.time()-t)
    t=time.time(); page(night.desk("Boram"), look=Look(everything=True)); print("page guarded", time.time()-t)
    from ojakgyo.store import plain_copy
    t=time.time(); b=plain_copy.taken(); print("copy", time.time()-t, len(b))
