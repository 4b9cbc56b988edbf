from django.apps import AppConfig


class PublicSiteConfig(AppConfig):
    name = "apps.publicsite"
    verbose_name = "公开网站"
