from django.urls import path

from vcsm.demo import views

urlpatterns = [
    path("", views.show_page, name="demo"),
    path("api/statement", views.statement),
    path("api/quote", views.quote),
    path("api/transfer", views.transfer),
    path("help/<slug:slug>", views.show_article),
    path("<slug:page>", views.show_page, name="demo-page"),
]
